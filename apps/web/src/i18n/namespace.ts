import type { TypeOptions } from 'i18next'

type Resources = TypeOptions['resources']

/** Names of the text files, one per feature plus `app` and `ui`. */
export type Namespace = keyof Resources & string

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]

/** A text key with its namespace, such as `contacts:sections.import`, for labels that are declared away from a component. */
export type TextKey = { [N in Namespace]: `${N}:${Paths<Resources[N]>}` }[Namespace]
