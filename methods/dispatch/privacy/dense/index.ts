export * from "./householder.js";
export * from "./matrix.js";
export * from "./random-matrix.js";
export * from "./symmetric-eigen.js";
