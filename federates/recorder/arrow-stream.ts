import {
  Field,
  FixedSizeList,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  type DataType,
} from "apache-arrow";
import type { Series, SeriesColumn } from "./series.js";

/** What ends a stream: a continuation mark and the length 0 (Arrow columnar format, "IPC streaming format"). */
export const END_OF_STREAM = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** Messages of an Arrow stream, ready to be appended one after the other. */
export interface StreamMessages {
  readonly schema: Uint8Array;
  readonly batch: Uint8Array;
}

/**
 * The rows that wait in a series as messages of an Arrow IPC stream. Columns are `time` in seconds, then float64 or
 * fixed-size lists of float64; units and element names stand in the fields' metadata.
 */
export function encodeBatch(series: Series): StreamMessages {
  const { count, columns, times } = series;
  const schema = new Schema([
    fieldOf("time", "s", []),
    ...columns.map(({ name, unit, elements }) => fieldOf(name, unit, elements)),
  ]);
  const children = [numbers(times, count), ...columns.map(column => columnData(column, count))];
  const struct = makeData({ type: new Struct(schema.fields), length: count, nullCount: 0, children });
  const whole = tableToIPC(new Table([new RecordBatch(schema, struct)]), "stream");
  const schemaBytes = messageLength(whole);
  return {
    schema: whole.subarray(0, schemaBytes),
    batch: whole.subarray(schemaBytes, whole.length - END_OF_STREAM.length),
  };
}

/** Bytes of the first message of a stream when it has no body: mark, length, padded metadata. */
function messageLength(bytes: Uint8Array): number {
  return 8 + new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
}

function fieldOf(name: string, unit: string, elements: readonly string[]): Field {
  const metadata = new Map([["unit", unit]]);
  if (elements.length > 0) metadata.set("elements", JSON.stringify(elements));
  return new Field<DataType>(name, typeOf(elements), false, metadata);
}

function typeOf(elements: readonly string[]): DataType {
  return elements.length === 0
    ? new Float64()
    : new FixedSizeList(elements.length, new Field("item", new Float64(), false));
}

function columnData({ elements, values }: SeriesColumn, count: number) {
  if (elements.length === 0) return numbers(values, count);
  const type = new FixedSizeList(elements.length, new Field("item", new Float64(), false));
  return makeData({ type, length: count, nullCount: 0, child: numbers(values, count * elements.length) });
}

function numbers(values: Float64Array, length: number) {
  return makeData({ type: new Float64(), length, nullCount: 0, data: values.slice(0, length) });
}
