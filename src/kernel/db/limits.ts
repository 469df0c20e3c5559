/** D1's limits, refused here too, because the local D1 is laxer than the real one. */
export const limits = {
  /** UTF-8 bytes of one bound value (D1 takes 2 MB; kept below). */
  valueBytes: 1_500_000,
  /** Bytes of one statement's text. */
  statementBytes: 100_000,
  /** Bound parameters of one statement. */
  parameters: 100,
  /** Queries of one request (D1 allows 1,000). */
  queries: 900,
} as const;

const encoder = new TextEncoder();
/** @throws {RangeError} where real D1 would refuse the statement */
export const checkStatement = (sql: string, values: readonly unknown[]): void => {
  if (sql.length > limits.statementBytes / 4 && encoder.encode(sql).length > limits.statementBytes)
    throw new RangeError("statement over 100 kB");
  if (values.length > limits.parameters) throw new RangeError(`${values.length} parameters; at most ${limits.parameters}`);
  for (const value of values)
    if (typeof value === "string" && value.length > limits.valueBytes / 4 && encoder.encode(value).length > limits.valueBytes)
      throw new RangeError("a bound value over 1.5 MB");
};
/**
 * Cuts rows into JSON texts that each fit one bound value, for `json_each(?)`.
 * @throws {RangeError} a single row is over the limit
 */
export const chunkJson = (rows: readonly unknown[], bytes = 900_000): string[] => {
  const chunks: string[] = [];
  let open: string[] = [];
  let size = 2;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const length = encoder.encode(text).length + 1;
    if (length > limits.valueBytes) throw new RangeError("a row over 1.5 MB");
    if (size + length > bytes && open.length > 0) {
      chunks.push(`[${open.join(",")}]`);
      open = [];
      size = 2;
    }
    open.push(text);
    size += length;
  }
  if (open.length > 0) chunks.push(`[${open.join(",")}]`);
  return chunks;
};
