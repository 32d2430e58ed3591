import { changeVariables } from "./change.js";
import { randomOrthogonal } from "./dense/index.js";
import { forShape, type Mask } from "./mask.js";

/**
 * The random mask of the dual-privacy framework (RMME): free directions are rotated at random, y = R z with R orthogonal and all
 * R equally likely. Slacks, lengths of rows and angles between them, and the Hessian's eigenvalues survive.
 */
export const rmme: Mask = {
  name: "rmme",
  draw: (shape, uniform) => forShape(shape, changeVariables(randomOrthogonal(shape.size, uniform))),
};
