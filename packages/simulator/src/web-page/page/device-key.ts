interface StoreRequest<T> {
  readonly result: T
  onsuccess: (() => void) | null
  onerror: (() => void) | null
}

interface KeyStore {
  get(key: string): StoreRequest<unknown>
  put(value: string, key: string): StoreRequest<unknown>
  delete(key: string): StoreRequest<unknown>
}

interface KeyDatabase {
  createObjectStore(name: string): unknown
  transaction(name: string, mode: 'readonly' | 'readwrite'): { objectStore(name: string): KeyStore }
}

declare const indexedDB: {
  open(name: string, version: number): StoreRequest<KeyDatabase> & { onupgradeneeded: (() => void) | null }
}

const store = 'keys'
const name = 'device'

function settled<T>(request: StoreRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('The store of the browser failed'))
  })
}

function open(): Promise<KeyDatabase> {
  const request = indexedDB.open('stand-in', 1)
  request.onupgradeneeded = () => void request.result.createObjectStore(store)
  return settled(request)
}

/** The key of this browser's link, kept as WhatsApp keeps its own: in a database of the profile. */
export async function readDevice(): Promise<string> {
  const database = await open()
  const value = await settled(database.transaction(store, 'readonly').objectStore(store).get(name))
  return typeof value === 'string' ? value : ''
}

export async function rememberDevice(device: string | null): Promise<void> {
  const keys = (await open()).transaction(store, 'readwrite').objectStore(store)
  await settled(device === null ? keys.delete(name) : keys.put(device, name))
}
