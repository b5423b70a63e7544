/** What the owner of a linked sender may choose. */
export interface LinkedDeviceSettings {
  /**
   * Phones are believed to show a second message with the same id once. Nobody documents it: with this on, a message
   * whose end is unknown after a crash is sent again with its id; without it, it waits for a receipt or a person.
   */
  readonly dedupesOurId: boolean
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: LinkedDeviceSettings }
  /** Names of settings that hold what they cannot hold. */
  | { readonly ok: false; readonly wrong: readonly string[] }

/** Reads `settings.linked_device` of a sender; what is missing is off. */
export function parseLinkedDeviceSettings(given: Readonly<Record<string, unknown>>): ParsedSettings {
  const own = given['linked_device'] ?? {}
  if (typeof own !== 'object' || own === null) return { ok: false, wrong: ['linked_device'] }
  const { dedupesOurId = false } = own as Record<string, unknown>
  if (typeof dedupesOurId !== 'boolean') return { ok: false, wrong: ['linked_device.dedupesOurId'] }
  return { ok: true, settings: { dedupesOurId } }
}
