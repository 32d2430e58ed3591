import { MARKET_SECONDS, PRICE_CAP_USD_PER_KWH } from "../market.js";
import { delayed, overWindows, term, wholeRun, type CasePart } from "../part.js";
import { acceptedLinks, type SettleMode } from "./settlement.js";

/** How the auction of a feeder is held. */
export interface AuctionSettings {
  /** Whoever bids: houses, or their devices. */
  readonly houses: readonly string[];
  /** For how many published feeders this one's supply stands. */
  readonly scale: number;
  /** Federate that bids for the houses, with outputs `bids` and inputs `round` and `accepted`. */
  readonly bidder: string;
  readonly suffix?: string;
  /** Recorder's list of the bidders' names; that of the houses by default. */
  readonly bidders?: string;
  /** Second at which the first round clears; a whole period by default. */
  readonly clearsAtSeconds?: number;
  /** Further fields of the bids' metrics. */
  readonly bidFields?: readonly Readonly<Record<string, unknown>>[];
  /** How rounds are settled; they are not by default. */
  readonly settle?: SettleMode;
  /** Further parameters of the substation. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The order book of one round an hour is told, in at most so many steps of each side. */
const BOOK = { everyRounds: 12, steps: 100 };

/** The market at a feeder's substation: its price reaches the bidders, the building and the meters. */
export function auctionPart(settings: AuctionSettings): CasePart {
  const { houses, scale, bidder, suffix = "", clearsAtSeconds = MARKET_SECONDS, settle = "none", params } = settings;
  const substation = `substation${suffix}`;
  const round = `round${suffix}`;
  const auction = (key: string, doc: string, over: string) =>
    overWindows(`${key}${suffix}`, doc, {
      class: "auction",
      object: `Market_1${suffix}`,
      field: "clearing_price",
      over,
    });
  const total = (key: string, doc: string, path: string) =>
    wholeRun(`${key}${suffix}`, doc, { input: round, path, statistic: "last" });
  return {
    federates: {
      [substation]: {
        use: "substation",
        period: MARKET_SECONDS,
        offset: clearsAtSeconds,
        params: {
          houses,
          periodSeconds: MARKET_SECONDS,
          priceCapUsdPerKwh: PRICE_CAP_USD_PER_KWH,
          utilityKw: 5000 * scale,
          initialPriceUsdPerKwh: 0.02078,
          book: BOOK,
          ...(settle !== "none" && { tellsSettlement: true }),
          ...params,
        },
      },
    },
    links: [
      `bulk.lmp${suffix} -> ${substation}.lmp`,
      delayed(`${substation}.demandBid`, `bulk.bid${suffix}`),
      delayed(`${bidder}.bids`, `${substation}.bids`),
      `${substation}.round -> ${bidder}.round`,
      ...acceptedLinks(settle, substation, bidder),
      delayed(`${substation}.clearingPrice`, `feeder${suffix}.price`),
    ],
    recording: {
      heard: {
        [round]: { from: `${substation}.round`, type: "json", optional: true },
        [`book${suffix}`]: { from: `${substation}.book`, type: "json", optional: true },
        [`bids${suffix}`]: { from: `${bidder}.bids`, type: "json", optional: true },
      },
      metrics: auctionMetrics(settings),
      summary: [
        auction("meanClearingPriceUsdPerKwh", "Mean over the rounds.", "mean"),
        auction("maxClearingPriceUsdPerKwh", "Highest of the rounds.", "max"),
        total("clearedKwh", "Energy that the market cleared.", "totals.clearedKwh"),
        total("marketRounds", "Rounds held.", "totals.rounds"),
      ],
      keyFigures: [total("servedBids", "Bids that got something, the utility's among them.", "totals.servedBids")],
      events: [round, `book${suffix}`],
    },
  };
}

function auctionMetrics(settings: AuctionSettings) {
  const { suffix = "", bidders = `houses${suffix}`, clearsAtSeconds = MARKET_SECONDS, bidFields } = settings;
  const windows = clearsAtSeconds === MARKET_SECONDS ? {} : { offset: clearsAtSeconds };
  const round = term(`round${suffix}`);
  const bids = term(`bids${suffix}`);
  return [
    { class: "auction", elements: [`Market_1${suffix}`], zone: "-0800", ...windows, bind: { round } },
    {
      class: "house_bids",
      elements: bidders,
      zone: "-0800",
      ...windows,
      bind: { bids },
      ...(bidFields !== undefined && { ownFields: bidFields }),
    },
  ];
}
