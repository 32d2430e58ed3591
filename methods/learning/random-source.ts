/** Where an agent's random numbers come from; its place in the sequence belongs to whoever owns it. */
export interface RandomSource {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number;
  normal(mean?: number, deviation?: number): number;
}
