import { SenderSettings } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { z } from 'zod'
import type { ZodForm } from '#ui/form.tsx'

const percent = z.number().min(0).max(100)
const cloudSettings = SenderSettings.shape.cloud_api.unwrap().shape

/** What Meta gives a number unless told; source: `CloudApiSettings` of the contract. */
const messagesPerSecondUsual = 80

/** Kinds of channel the simulator can stand for when a route is chosen. Source: `SenderSettings` of the contract. */
export const standIns = ['linked_device', 'cloud_api'] as const

/**
 * What the limits form edits: the settings of a sender in the units people think in (seconds, percent).
 *
 * @param texts Sentences for values that contradict each other.
 */
export function limitsSchema(texts: { delayOrder: string; latencyOrder: string; failuresSum: string }) {
  return z
    .object({
      name: z.string().trim().min(1).max(80),
      numberSince: z.string(),
      delaySMin: z.number().min(0).max(600),
      delaySMax: z.number().min(0).max(600),
      hourlyCap: z.number().int().min(0).max(1_000_000),
      dailyCap: z.number().int().min(0).max(10_000_000),
      warmUp: z.boolean(),
      paced: z.boolean(),
      dedupesOurId: z.boolean(),
      standsFor: z.enum(standIns),
      latencyMsMin: z.number().int().min(0).max(60_000),
      latencyMsMax: z.number().int().min(0).max(60_000),
      timeScale: z.number().min(1).max(3600),
      refusedPercent: percent,
      notSentPercent: percent,
      unknownPercent: percent,
      messagesPerSecond: cloudSettings.messagesPerSecond.unwrap(),
    })
    .refine((limits) => limits.delaySMin <= limits.delaySMax, {
      message: texts.delayOrder,
      path: ['delaySMin'],
    })
    .refine((limits) => limits.latencyMsMin <= limits.latencyMsMax, {
      message: texts.latencyOrder,
      path: ['latencyMsMin'],
    })
    .refine(
      ({ refusedPercent, notSentPercent, unknownPercent }) =>
        refusedPercent + notSentPercent + unknownPercent <= 100,
      { message: texts.failuresSum, path: ['refusedPercent'] },
    )
}
export type LimitsSchema = ReturnType<typeof limitsSchema>
export type Limits = z.output<LimitsSchema>
export type LimitsFormProps = { form: ZodForm<LimitsSchema> }

/** The simulator's own defaults; source: `SenderSettings` of the contract. */
const usual = {
  dedupesOurId: true,
  standsFor: 'linked_device' as const,
  latencyMsMin: 20,
  latencyMsMax: 120,
  timeScale: 60,
  failures: { refused: 0, notSent: 0, unknown: 0 },
}

export function toLimits({ name, numberSince, settings }: Sender): Limits {
  const simulator = settings.simulator ?? usual
  return {
    name,
    numberSince: numberSince ?? '',
    delaySMin: settings.delayMsMin / 1000,
    delaySMax: settings.delayMsMax / 1000,
    hourlyCap: settings.hourlyCap,
    dailyCap: settings.dailyCap,
    warmUp: settings.warmUp,
    paced: settings.paced,
    dedupesOurId: simulator.dedupesOurId,
    standsFor: simulator.standsFor,
    latencyMsMin: simulator.latencyMsMin,
    latencyMsMax: simulator.latencyMsMax,
    timeScale: simulator.timeScale,
    refusedPercent: toPercent(simulator.failures.refused),
    notSentPercent: toPercent(simulator.failures.notSent),
    unknownPercent: toPercent(simulator.failures.unknown),
    messagesPerSecond: settings.cloud_api?.messagesPerSecond ?? messagesPerSecondUsual,
  }
}

function toPercent(ratio: number): number {
  return Math.round(ratio * 1000) / 10
}

/** An official number keeps its part of the settings but for the speed; other parts that are not sent stay as they are. */
export function toSettings(
  limits: Limits,
  { channel, settings: { cloud_api: official } }: Pick<Sender, 'channel' | 'settings'>,
): SenderSettings {
  return {
    delayMsMin: Math.round(limits.delaySMin * 1000),
    delayMsMax: Math.round(limits.delaySMax * 1000),
    hourlyCap: limits.hourlyCap,
    dailyCap: limits.dailyCap,
    warmUp: limits.warmUp,
    paced: limits.paced,
    ...(channel === 'simulator' ? { simulator: toSimulator(limits) } : {}),
    ...(channel === 'cloud_api' && official
      ? { cloud_api: { ...official, messagesPerSecond: limits.messagesPerSecond } }
      : {}),
  }
}

function toSimulator(limits: Limits): NonNullable<SenderSettings['simulator']> {
  return {
    dedupesOurId: limits.dedupesOurId,
    standsFor: limits.standsFor,
    latencyMsMin: limits.latencyMsMin,
    latencyMsMax: limits.latencyMsMax,
    timeScale: limits.timeScale,
    failures: {
      refused: limits.refusedPercent / 100,
      notSent: limits.notSentPercent / 100,
      unknown: limits.unknownPercent / 100,
    },
  }
}
