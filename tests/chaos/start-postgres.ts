/** Brings the PostgreSQL of a data folder up and leaves it running on its own: `node start-postgres.ts FOLDER`. */
import { startEmbedded } from '@siar/database'

const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('Name the data folder')
const { url } = await startEmbedded({ dataDir })
process.send?.({ kind: 'started', url }, () => process.exit(0))
