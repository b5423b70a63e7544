import { fileURLToPath } from 'node:url'

/** For `NODE_COMPILE_CACHE` of started programs: most of a start is the reading of sources, and tests start many. */
export const COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/siar-compiled', import.meta.url))
