import type { Suite } from "../suite.js";
import { caseSuite } from "./case.js";
import { clearing } from "./clearing.js";
import { coupled } from "./coupled.js";
import { dispatch } from "./dispatch.js";
import { echo } from "./echo.js";
import { learn } from "./learn.js";
import { models } from "./models.js";
import { ring } from "./ring.js";
import { settle } from "./settle.js";
import { start } from "./start.js";
import { timing } from "./timing.js";
import { vector } from "./vector.js";

/** Every benchmark, in the order of the report. */
export const SUITES: readonly Suite[] = [
  echo,
  ring,
  timing,
  vector,
  coupled,
  start,
  caseSuite,
  models,
  clearing,
  settle,
  dispatch,
  learn,
];
