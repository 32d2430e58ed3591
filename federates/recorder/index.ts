export { METRIC_CLASSES, type MetricClass, type Quantity } from "./classes/index.js";
export { clockOf, clockText, type Clock } from "./clock.js";
export { portName } from "./fields.js";
export { assembleMetrics } from "./metrics-files.js";
export { AGGREGATES, AGGREGATE_ABOVE } from "./metrics-table.js";
export { recorderParams, type RecorderParams } from "./params.js";
export { recorder, recorder as default } from "./recorder.js";
