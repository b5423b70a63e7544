import type { Halt } from '@siar/contract'
import { haltText } from '@siar/domain'
import type { BilingualText, HaltFacts } from '@siar/domain'
import type { Language } from './core.ts'
import type { Binding } from './http/binding.ts'

/** Both texts of a halt travel beside it, unseen by JSON, until it is known who asks. */
const bothTexts = Symbol('texts of a halt')

type SpokenHalt = Halt & { readonly [bothTexts]?: BilingualText }

/** A stored halt as the contract shows it, in Indonesian until `speakHalts` knows better; null for none. */
export function presentHalt(stored: unknown): Halt | null {
  if (stored === null || stored === undefined) return null
  const facts = stored as HaltFacts
  const texts = haltText(facts)
  const { reason, senderId, since, until } = facts
  const halt: SpokenHalt = { reason, senderId, since, until, text: texts.id, [bothTexts]: texts }
  return halt
}

/** Puts the halts of an answer (the thing itself, or what stands in `data` and `running`) into a language. */
function speak<T>(answer: T, language: Language): T {
  if (typeof answer !== 'object' || answer === null) return answer
  const { halt, data, running } = answer as {
    halt?: SpokenHalt | null
    data?: unknown
    running?: unknown
  }
  const texts = halt?.[bothTexts]
  return {
    ...answer,
    ...(halt && texts ? { halt: { ...halt, text: texts[language] } } : {}),
    ...(Array.isArray(data) ? { data: data.map((one: unknown) => speak(one, language)) } : {}),
    ...(Array.isArray(running) ? { running: running.map((one: unknown) => speak(one, language)) } : {}),
  }
}

/** The same operations, whose halts speak the language of the request. */
export function speakHalts(bindings: readonly Binding[]): Binding[] {
  return bindings.map(({ operation, handle }) => ({
    operation,
    handle: async (call) => {
      const answer = await handle(call)
      return operation.produces === undefined ? speak(answer, call.language) : answer
    },
  }))
}
