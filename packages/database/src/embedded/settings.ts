import { totalmem } from 'node:os'
import type { Place } from './place.ts'

/** Settings of the server by name. The log keeps the server's own news only: no statement and no value of a row. */
export type ServerSettings = Readonly<Record<string, string | number>>

const mebibyte = 2 ** 20
const buffersMbMin = 128
const buffersMbMax = 1_024

/**
 * Memory for pages of the database, in MB: a thirty-second of the machine's or the container's, 128 to 1,024. Beyond it pages are
 * written out and read in again for every batch of a large campaign; less would be saved on a small machine only.
 */
export function sharedBuffersMb(memoryBytes: number): number {
  return Math.min(buffersMbMax, Math.max(buffersMbMin, Math.floor(memoryBytes / mebibyte / 32)))
}

/** What this process may use: of the container where it has a limit, else of the machine. */
function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

const defaults = (): ServerSettings => ({
  max_connections: 100,
  shared_buffers: `${sharedBuffersMb(memoryBytes())}MB`,
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: 1.1,
  jit: 'off',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: 0,
  log_checkpoints: 'off',
  logging_collector: 'off',
})

/** The command line of the server. Nothing is reached over the network: a Unix socket, or TCP to this machine on Windows. */
export function serverArguments({ layout, pointer }: Place, settings: ServerSettings): string[] {
  const reach: ServerSettings =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: pointer.tcpPort ?? 5432 }
      : {
          listen_addresses: '',
          port: 5432,
          unix_socket_directories: layout.socketDir,
          unix_socket_permissions: '0700',
        }
  const all = { ...defaults(), ...settings, ...reach, cluster_name: `siar-${layout.key}` }
  return [
    '-D',
    layout.clusterDir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
