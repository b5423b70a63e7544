import type { CallInput, Caller } from '../../../apps/server/src/testing/caller.ts'
import type { Place } from '../world/place.ts'

/** Makes the rows a call needs in a place and answers the call; each time new ones. */
export type Call = (place: Place) => Promise<CallInput> | CallInput

/**
 * How one operation is called, and what a stranger from another workspace gets.
 *
 * - `foreign`: the call names rows of the place; a stranger gets 404, like for rows that do not exist.
 * - `own`: the call names no row; a stranger gets an answer about himself, without anything of the place. `shows: false`
 *   when the answer to the place's own people names none of its rows either. `refused`: the call carries words of the
 *   place that make no sense elsewhere; a stranger gets 4xx.
 * - `platform`: only the platform admin may; a stranger gets 403.
 * - `link`: whoever has the id may call, by design; a stranger gets `status`, with the reason why that is right. `by` tells
 *   who may, when that is not everybody.
 */
export type Case = { readonly call: Call } & (
  | { readonly kind: 'foreign' | 'platform' }
  | { readonly kind: 'own'; readonly shows: boolean; readonly refused?: true }
  | {
      readonly kind: 'link'
      readonly status: number
      readonly why: string
      readonly by?: (place: Place) => Caller
    }
)

export const foreign = (call: Call): Case => ({ kind: 'foreign', call })
export const platform = (call: Call): Case => ({ kind: 'platform', call })
export const own = (call: Call = () => ({})): Case => ({ kind: 'own', shows: true, call })
export const silent = (call: Call = () => ({})): Case => ({ kind: 'own', shows: false, call })

/** One case for each operation of a group of the contract: the compiler misses none. */
export type CasesOf<Group extends Readonly<Record<string, { readonly id: string }>>> = {
  readonly [Id in Group[keyof Group]['id']]: Case
}
