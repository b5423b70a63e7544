import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const onLinux = process.platform === 'linux'

/** Whether a process of this number exists and is not just the remains of one (zombie). */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform === 'win32') return true
  return !['Z', 'X', ''].includes(await readState(pid))
}

/** One letter, `Z` for a zombie, empty when there is none. */
async function readState(pid: number): Promise<string> {
  if (!onLinux) return (await readPs(pid, 'stat=')).slice(0, 1)
  return (await readStat(pid))[0] ?? ''
}

/** The fields of /proc/PID/stat after the name: state first, start time twentieth. */
async function readStat(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(' ')
}

async function readPs(pid: number, format: string): Promise<string> {
  return run('ps', ['-o', format, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}

/** Tells two processes apart that got the same number one after the other; empty where the system does not say. */
export async function readStartMark(pid: number): Promise<string> {
  if (process.platform === 'win32') return ''
  if (!onLinux) return readPs(pid, 'lstart=')
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()}:${(await readStat(pid))[19] ?? ''}`
}

/**
 * Whether a live process works in this cluster: its working folder is the cluster, or, where that may not be asked,
 * its command line or title names it.
 */
export async function worksIn(pid: number, clusterDir: string, clusterName: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  if (process.platform === 'win32') return true
  if (!onLinux) return names(await readPs(pid, 'command='), clusterDir, clusterName)
  const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  if (!program.startsWith('postgres')) return false
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (folder !== null) return folder === clusterDir
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return names(command.replaceAll('\0', ' '), clusterDir, clusterName)
}

function names(command: string, clusterDir: string, clusterName: string): boolean {
  return command.includes(` -D ${clusterDir}`) || command.startsWith(`postgres: ${clusterName}:`)
}

/** Every live process of the cluster, the server itself and its children. Empty on Windows, which does not tell. */
export async function listWorkers(clusterDir: string, clusterName: string): Promise<number[]> {
  const workers: number[] = []
  for (const pid of await listPids()) {
    if (pid !== process.pid && (await worksIn(pid, clusterDir, clusterName))) workers.push(pid)
  }
  return workers
}

async function listPids(): Promise<number[]> {
  if (process.platform === 'win32') return []
  if (onLinux) return (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const { stdout } = await run('ps', ['-axo', 'pid=,command='])
  return stdout
    .split('\n')
    .filter((line) => line.includes('postgres'))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 0)
}
