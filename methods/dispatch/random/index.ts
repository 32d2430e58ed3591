export { randomDispatch, type RandomDispatchOptions } from "./random-dispatch.js";
