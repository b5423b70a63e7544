import type { SimulatedNetwork } from '../network.ts'
import type { ScanResult, SenderKind } from '../control.ts'

/** One server of the simulator for one kind of client, over the network all of them share. */
export interface StandIn {
  readonly kind: SenderKind
  /** For people: what it stands for. */
  readonly title: string
  readonly url: string
  /** What a client needs besides the address. Nothing here guards anything real. */
  readonly access: Readonly<Record<string, string>>
  /** What may be called through `/v1/stand-ins/<kind>/<name>` with a JSON array of arguments. */
  readonly calls: Readonly<Record<string, StandInCall>>
  /** A phone scans a code this stand-in shows by itself; the network's own codes are scanned by the network. */
  readonly scan?: (data: string, phone: string, senderId: string) => Promise<ScanResult>
  close(): Promise<void>
}

/** @throws anything for arguments it cannot use; the caller is told 400. */
export type StandInCall = (...args: readonly unknown[]) => unknown

export interface StandInWorld {
  readonly network: SimulatedNetwork
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

export type StartStandIn = (world: StandInWorld) => Promise<StandIn>

/** Starts stand-ins, each on the next port; when one cannot start, those before it are closed again. */
export async function startStandIns(
  starts: readonly StartStandIn[],
  world: StandInWorld,
): Promise<readonly StandIn[]> {
  const started: StandIn[] = []
  try {
    for (const [index, start] of starts.entries()) {
      started.push(await start({ ...world, port: world.port === 0 ? 0 : world.port + index }))
    }
    return started
  } catch (error) {
    for (const standIn of started.reverse()) await standIn.close()
    throw error
  }
}
