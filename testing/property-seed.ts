import fc from "fast-check";

/** Property tests draw the same cases every time; another seed is looked at with `GRIDLOOM_PROPERTY_SEED=7 npm test`. */
fc.configureGlobal({ seed: Number(process.env.GRIDLOOM_PROPERTY_SEED ?? 1) });
