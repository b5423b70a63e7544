import { mediaKinds } from '@siar/channel'
import type { ChannelCapabilities } from '@siar/channel'

/** How the network treats one sender. Delays are of calls and not scaled; `timeScale` is the clock of the people. */
export interface SimulatorSettings {
  readonly dedupesOurId: boolean
  readonly echoesOurId: boolean
  readonly latencyMsMin: number
  readonly latencyMsMax: number
  /** 60: a minute of the people passes in a second. */
  readonly timeScale: number
  /** Shares of calls, 0–1. */
  readonly failures: { readonly refused: number; readonly notSent: number; readonly unknown: number }
  /**
   * Behaves as Meta's official service: every message has an id of its own that names the person, acceptance is told by a
   * receipt too, and that a person cannot be reached is told late.
   */
  readonly official: boolean
}

export const defaultSimulatorSettings: SimulatorSettings = {
  dedupesOurId: true,
  echoesOurId: true,
  latencyMsMin: 20,
  latencyMsMax: 120,
  timeScale: 60,
  failures: { refused: 0, notSent: 0, unknown: 0 },
  official: false,
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback
}

function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback
}

/** Reads `settings.simulator` of a sender; what is missing or senseless takes the network's default. */
export function readSimulatorSettings(
  settings: Readonly<Record<string, unknown>>,
  defaults: SimulatorSettings,
): SimulatorSettings {
  const given = record(settings['simulator'])
  const failures = record(given['failures'])
  const latencyMsMin = number(given['latencyMsMin'], defaults.latencyMsMin)
  return {
    dedupesOurId: flag(given['dedupesOurId'], defaults.dedupesOurId),
    echoesOurId: flag(given['echoesOurId'], defaults.echoesOurId),
    latencyMsMin,
    latencyMsMax: Math.max(latencyMsMin, number(given['latencyMsMax'], defaults.latencyMsMax)),
    timeScale: Math.max(1, number(given['timeScale'], defaults.timeScale)),
    failures: {
      refused: number(failures['refused'], defaults.failures.refused),
      notSent: number(failures['notSent'], defaults.failures.notSent),
      unknown: number(failures['unknown'], defaults.failures.unknown),
    },
    official: flag(given['official'], defaults.official),
  }
}

/** What a simulated sender with these settings can do. */
export function capabilitiesOf(settings: SimulatorSettings): ChannelCapabilities {
  return {
    text: true,
    media: mediaKinds,
    mediaBytesMax: { image: 16_000_000, document: 100_000_000, video: 16_000_000, audio: 16_000_000 },
    buttonsMax: 3,
    linkButton: true,
    listRowsMax: 10,
    templates: 'none',
    echoesOurId: settings.echoesOurId,
    dedupesOurId: settings.dedupesOurId,
    typing: true,
    pairing: ['qr'],
    sends: 'batched',
    concurrencyMax: 500,
    checksExistence: false,
    groups: true,
    addressBook: true,
    webhooks: false,
  }
}
