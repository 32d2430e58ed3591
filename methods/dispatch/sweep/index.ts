export { sweep } from "./sweep.js";
