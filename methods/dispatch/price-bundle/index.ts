export type { Grouping } from "./grouping.js";
export { priceBundle, type PriceBundleOptions } from "./price-bundle.js";
