/** A committed file that is computed from the sources. `render` is pure: the same sources give the same text. */
export interface Generator {
  /** From the repository's root, with `/`. */
  readonly path: string
  /** The whole file, ending in a line break. */
  readonly render: () => Promise<string>
}
