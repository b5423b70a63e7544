type Listener = (value: unknown) => void

export interface Emitter {
  on(name: string, listener: Listener): Emitter
  off(name: string, listener: Listener): Emitter
  once(name: string, listener: Listener): Emitter
  emit(name: string, value?: unknown): boolean
}

/** The part of wa-js's event emitter that clients use. */
export function createEmitter(): Emitter {
  const listeners = new Map<string, Set<Listener>>()
  const emitter: Emitter = {
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return emitter
    },
    off: (name, listener) => {
      listeners.get(name)?.delete(listener)
      return emitter
    },
    once: (name, listener) => {
      const once: Listener = (value) => {
        emitter.off(name, once)
        listener(value)
      }
      return emitter.on(name, once)
    },
    emit: (name, value) => {
      const known = [...(listeners.get(name) ?? [])]
      for (const listener of known) listener(value)
      return known.length > 0
    },
  }
  return emitter
}
