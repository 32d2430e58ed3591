import { chartOf, fieldLine, type Plot } from "./plot.js";

export const PACKET_PLOTS: Readonly<Record<string, Plot>> = {
  "packet-requests": {
    doc: "Packets that the houses asked for and got in each window.",
    group: "Market",
    draw({ metrics }) {
      const data = metrics.get("packets");
      const line = (field: string, label: string) => fieldLine(data, { field, label, over: "sum", style: "step" });
      return chartOf(data, { title: "Packet requests", axis: "packets in a window" }, [
        line("requests", "asked for"),
        line("accepted", "accepted"),
      ]);
    },
  },
  "packet-ratios": {
    doc: "Shares of the houses that ask, are accepted and cool, and the mean request probability.",
    group: "Market",
    draw({ metrics }) {
      const data = metrics.get("packets");
      const line = (field: string, label: string) => fieldLine(data, { field, label });
      return chartOf(data, { title: "Requests and acceptance", axis: "share" }, [
        line("request_ratio", "ask"),
        line("accepted_ratio", "accepted of those"),
        line("request_probability", "request probability"),
        line("on_ratio", "cool"),
      ]);
    },
  },
};
