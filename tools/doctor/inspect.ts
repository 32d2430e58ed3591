import { REQUIREMENTS, type Requirement } from "./requirements.js";

/** What was found of one requirement. */
export interface Finding {
  readonly name: string;
  readonly isRequired: boolean;
  /** Version or place; undefined when it is missing. */
  readonly found?: string;
  readonly neededFor: string;
  readonly cure: string;
}

/** Looks for everything that gridloom needs or can use. */
export async function inspect(requirements: readonly Requirement[] = REQUIREMENTS): Promise<Finding[]> {
  return await Promise.all(requirements.map(async ({ look, ...rest }) => ({ ...rest, found: await look() })));
}
