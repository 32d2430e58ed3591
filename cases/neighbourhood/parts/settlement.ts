import type { OptionTable } from "../../options.js";
import { term, wholeRun, type CasePart } from "../part.js";
import { MARKET_SECONDS, PRICE_CAP_USD_PER_KWH } from "../market.js";

/** Whether and how rounds are settled. */
export const settlementOptions = {
  settle: {
    kind: "choice",
    choices: ["advisory", "binding", "none"],
    doc: "Whether rounds are settled while the simulation goes on, or before power moves; advisory by default, none with published behaviour.",
  },
} as const satisfies OptionTable;

/** What an option says, or its default: published rounds may let somebody trade at a loss, which no ledger accepts. */
export function settleMode(
  asked: SettleMode | undefined,
  behaviour: "published" | "corrected" = "corrected",
): SettleMode {
  return asked ?? (behaviour === "published" ? "none" : "advisory");
}

export type SettleMode = "advisory" | "binding" | "none";

/** A market that is settled. */
export interface SettledMarket {
  readonly bidders: readonly string[];
  readonly suffix?: string;
  /** Second at which the first round clears; a whole period by default. */
  readonly clearsAtSeconds?: number;
  /** Rule, cap and transformer, where the market has other ones than the auction's defaults. */
  readonly rules?: Readonly<Record<string, unknown>>;
}

/** How all markets of a case are settled. */
export interface SettlementSettings {
  readonly mode: SettleMode;
  readonly behaviour?: "published" | "corrected";
  readonly markets: readonly SettledMarket[];
}

/** The ledger's side of all markets; nothing where rounds are not settled. */
export function settlementParts({ mode, behaviour = "corrected", markets }: SettlementSettings): CasePart[] {
  if (mode === "none") return [];
  const named = markets.map(({ suffix = "", ...market }) => ({ ...market, suffix, name: `substation${suffix}` }));
  const total = (key: string, doc: string) =>
    wholeRun(key, doc, { ...term("settled", { path: key }), statistic: "last" });
  return [
    {
      federates: {
        settlement: {
          use: "settlement",
          params: {
            ...(mode !== "advisory" && { mode }),
            markets: Object.fromEntries(named.map(market => [market.name, marketParams(market, behaviour)])),
          },
        },
      },
      links: named.map(({ name }) => `${name}.settlementRound -> settlement.${name}`),
      recording: {
        heard: {
          ...Object.fromEntries(
            named.map(({ name, suffix }) => [
              `receipt${suffix}`,
              { from: `settlement.${name}Receipt`, type: "json", optional: true } as const,
            ]),
          ),
          settled: { from: "settlement.totals", type: "json", optional: true },
        },
        metrics: named.map(({ suffix, clearsAtSeconds = MARKET_SECONDS }) => ({
          ...{ class: "ledger", elements: [`Ledger_1${suffix}`], zone: "-0800" },
          ...(clearsAtSeconds !== MARKET_SECONDS && { offset: clearsAtSeconds }),
          bind: { receipts: term(`receipt${suffix}`) },
        })),
        keyFigures: [
          total("settledRounds", "Rounds that were settled."),
          total("settledValueUsd", "What buyers paid for energy."),
          total("receiptsDigest", "SHA-256 over the digests of all receipts: equal where the same was settled."),
        ],
        events: named.map(({ suffix }) => `receipt${suffix}`),
      },
    },
  ];
}

interface NamedMarket extends SettledMarket {
  readonly suffix: string;
}

function marketParams(market: NamedMarket, pricing: "published" | "corrected") {
  const { bidders, suffix, clearsAtSeconds = MARKET_SECONDS, rules } = market;
  const accounts = { "utility": `utility${suffix}`, "unresponsive load": `unresponsive load${suffix}` };
  return {
    ...{
      bidders,
      periodSeconds: MARKET_SECONDS,
      closesAtSeconds: clearsAtSeconds,
      priceCapUsdPerKwh: PRICE_CAP_USD_PER_KWH,
    },
    ...(suffix !== "" && { accounts }),
    ...(pricing !== "corrected" && { pricing }),
    ...rules,
  };
}

/** Links by which a bidder learns what it may buy or sell: from the market, or, when binding, from the ledger. */
export function acceptedLinks(mode: SettleMode | undefined, substation: string, bidder: string): string[] {
  if (mode !== "binding") return [`${substation}.accepted -> ${bidder}.accepted`];
  const settled = `settlement.${substation}Accepted`;
  return [`${substation}.accepted -> ${settled}`, `${settled} -> ${bidder}.accepted`];
}
