/** Brings counts to a smaller sum in whole numbers, in proportion: the largest remainders are rounded up. */
export function scaledCounts(counts: ReadonlyMap<string, number>, total: number): Map<string, number> {
  const before = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (before === total || before === 0) return new Map(counts)
  const exact = [...counts].map(([key, count]) => {
    const share = (count * total) / before
    return { key, whole: Math.floor(share), remainder: share - Math.floor(share) }
  })
  let missing = total - exact.reduce((sum, { whole }) => sum + whole, 0)
  const scaled = new Map(exact.map(({ key, whole }) => [key, whole]))
  for (const { key, whole } of exact.toSorted((a, b) => b.remainder - a.remainder)) {
    if (missing <= 0) break
    scaled.set(key, whole + 1)
    missing -= 1
  }
  return scaled
}
