type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without what is undefined: the API leaves out what was not said. */
export function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
