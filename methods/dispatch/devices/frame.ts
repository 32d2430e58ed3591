/** What every agent of a case has in common: the horizon and the rules by which costs and storages are counted. */
export interface AgentFrame {
  readonly steps: number;
  readonly stepHours: number;
  /** Hours that a step's power is paid for: the step's length, or 1 where a case sums prices per step and scales the sum. */
  readonly pricedHours: number;
  /** Fee per unit of energy that a node other than the root sends into the network. */
  readonly wheelingFee: number;
  /** ½·regulariser·x² on every variable. */
  readonly regulariser: number;
  /** Whether heat must be used up, or may be let off. */
  readonly heat: "balanced" | "surplus";
  /**
   * `published`: the storages of both papers as they were computed: the dual-privacy store counts a step's power as energy,
   * whatever the step's length; the last row of Yingkou's battery leaves the length out. `corrected`: power times hours.
   */
  readonly storage: "published" | "corrected";
}
