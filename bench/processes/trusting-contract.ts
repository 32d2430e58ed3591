import { SettlementContract, type Verifier } from "gridloom-settlement";

export { roles } from "gridloom-settlement";

const trust: Verifier = checks => Promise.resolve(checks.map(() => true));

/** The settlement contract without its most costly check, so that the rest can be timed apart. */
class TrustingContract extends SettlementContract {
  protected override verifier(): Verifier {
    return trust;
  }
}

export const contracts = [TrustingContract];
