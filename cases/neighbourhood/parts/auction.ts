import { delayed, overWindows, term, wholeRun, type CasePart } from "../part.js";

/** How the auction of a feeder is held. */
export interface AuctionSettings {
  readonly houses: readonly string[];
  /** For how many published feeders this one's supply stands. */
  readonly scale: number;
  /** Federate that bids for the houses, with outputs `bids` and inputs `round` and `accepted`. */
  readonly bidder: string;
  readonly suffix?: string;
  /** Further parameters of the substation. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Length of a market period. */
export const MARKET_SECONDS = 300;

/** The market at a feeder's substation: its price reaches the bidders, the building and the meters. */
export function auctionPart({ houses, scale, bidder, suffix = "", params }: AuctionSettings): CasePart {
  const substation = `substation${suffix}`;
  const round = `round${suffix}`;
  const auction = (key: string, doc: string, over: string) =>
    overWindows(`${key}${suffix}`, doc, { class: "auction", field: "clearing_price", over });
  const total = (key: string, doc: string, path: string) =>
    wholeRun(`${key}${suffix}`, doc, { input: round, path, statistic: "last" });
  return {
    federates: {
      [substation]: {
        use: "substation",
        period: MARKET_SECONDS,
        offset: MARKET_SECONDS,
        params: {
          houses,
          periodSeconds: MARKET_SECONDS,
          priceCapUsdPerKwh: 1,
          utilityKw: 5000 * scale,
          initialPriceUsdPerKwh: 0.02078,
          ...params,
        },
      },
    },
    links: [
      `bulk.lmp -> ${substation}.lmp`,
      delayed(`${substation}.demandBid`, `bulk.bid${suffix}`),
      delayed(`${bidder}.bids`, `${substation}.bids`),
      `${substation}.round -> ${bidder}.round`,
      `${substation}.accepted -> ${bidder}.accepted`,
      delayed(`${substation}.clearingPrice`, `feeder${suffix}.price`),
    ],
    recording: {
      heard: {
        [round]: { from: `${substation}.round`, type: "json", optional: true },
        [`bids${suffix}`]: { from: `${bidder}.bids`, type: "json", optional: true },
      },
      metrics: [
        { class: "auction", elements: [`Market_1${suffix}`], zone: "-0800", bind: { round: term(round) } },
        { class: "house_bids", elements: `houses${suffix}`, zone: "-0800", bind: { bids: term(`bids${suffix}`) } },
      ],
      summary: [
        auction("meanClearingPriceUsdPerKwh", "Mean over the rounds.", "mean"),
        auction("maxClearingPriceUsdPerKwh", "Highest of the rounds.", "max"),
        total("clearedKwh", "Energy that the market cleared.", "totals.clearedKwh"),
        total("marketRounds", "Rounds held.", "totals.rounds"),
      ],
      events: [round],
    },
  };
}
