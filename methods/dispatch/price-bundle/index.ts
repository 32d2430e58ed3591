export { BundleOperator, type BundleOptions } from "./bundle-operator.js";
export { BundleResponder } from "./bundle-responder.js";
export { isSummed, type Grouping } from "./grouping.js";
export { negotiate, priceBundle, type PriceBundleOptions } from "./price-bundle.js";
export type { BundlePrices } from "./priced-goods.js";
