/** A native library as the executable carries it: the file inside, and what its bytes must be. */
export type EmbeddedLibrary = Readonly<{ name: string; path: string; sha256: string }>;

export type Embedded = Readonly<Record<'libsql' | 'sharp' | 'libvips', EmbeddedLibrary>>;

/** Null in the sources, where every package finds its own library; `scripts/build` puts another module in this place. */
export const embedded: Embedded | null = null;
