/** One JSON line an event on standard output; never a name, a code, a number or an address of a person. */
export type Log = (entry: Record<string, unknown>) => void;

export function bufferedLog(write: (text: string) => void = (text) => process.stdout.write(text)): Log {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) write(`${lines.join('\n')}\n`);
    lines = [];
  };
  setInterval(flush, 200).unref();
  process.once('exit', flush);
  return (entry) => {
    lines.push(JSON.stringify({ at: new Date().toISOString(), ...entry }));
  };
}

/** What may be logged of an unexpected error: its kind and place, not the values it met. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  // PostgreSQL's messages of class 22 and 23 quote values, which may be personal.
  const quotesValues = code !== undefined && /^2[23]/.test(code);
  return {
    error: error.name,
    code,
    message: quotesValues ? undefined : error.message,
    stack: error.stack
      ?.split('\n')
      .slice(1, 8)
      .map((line) => line.trim()),
  };
}
