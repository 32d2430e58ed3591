import { z } from "zod";

const hour = z.number().min(0).max(24);
const degF = z.number();

/** A household's set-points over the day. */
const schedule = z.object({
  ...{ wakeupStartH: hour, daylightStartH: hour, eveningStartH: hour, nightStartH: hour },
  ...{ wakeupF: degF, daylightF: degF, eveningF: degF, nightF: degF },
  ...{ weekendDayStartH: hour, weekendNightStartH: hour, weekendDayF: degF, weekendNightF: degF },
});

const comfort = z.object({ schedule, deadbandF: z.number().positive() });

const bidder = comfort.extend({
  offsetLimitF: z.number().positive(),
  rampSigma: z.number().positive(),
  priceCapUsdPerKwh: z.number().positive(),
});

/** A household that is kept comfortable and does not bid by a ramp. */
export const comfortEntry = z.object({ house: z.string(), agent: comfort });

/** A household that bids for cooling by its ramp. */
export const bidderEntry = z.object({ house: z.string(), agent: bidder });

/** A household that sells its surplus besides. */
export const traderEntry = bidderEntry.extend({ sellerPriceUsdPerKwh: z.number().nonnegative() });

/** A household that trades with a battery. */
export const storageEntry = bidderEntry.extend({
  storage: z.object({
    capacityKwh: z.number().positive(),
    ratedKw: z.number().positive(),
    inverterEfficiency: z.number().positive().max(1),
    roundTripEfficiency: z.number().positive().max(1),
  }),
  discountUsdPerKwh: z.number(),
  comfortWeight: z.number().nonnegative(),
});
