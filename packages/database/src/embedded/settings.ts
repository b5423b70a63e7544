import type { Place } from './place.ts'

/** Settings of the server by name. The log keeps the server's own news only: no statement and no value of a row. */
export type ServerSettings = Readonly<Record<string, string | number>>

const defaults: ServerSettings = {
  max_connections: 100,
  shared_buffers: '128MB',
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
}

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
  const all = { ...defaults, ...settings, ...reach, cluster_name: `siar-${layout.key}` }
  return [
    '-D',
    layout.clusterDir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}
