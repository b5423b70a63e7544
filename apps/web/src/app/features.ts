import type { Feature, PlaceId, Screen } from './feature.ts'
import { places } from './places.ts'
import type { Place } from './places.ts'

const files = import.meta.glob<{ feature: Feature }>('../features/*/routes.tsx', { eager: true })

/** Every feature that has a `routes.tsx`, by folder name. */
export const features: readonly Feature[] = Object.values(files).map((file) => file.feature)

export type ShownPlace = Place & { to: string; permission: string | undefined }

/** Navigation entries that lead somewhere, in the order of the catalogue. */
export const shownPlaces: readonly ShownPlace[] = places.flatMap((place) => {
  const claim = features.find((feature) => feature.place?.id === place.id)?.place
  return claim ? [{ ...place, to: claim.to, permission: claim.permission }] : []
})

export type Section = NonNullable<Screen['section']> & { to: string; permission: string | undefined }

/** The sections of a place over all features, in their order. */
export function sectionsOf(place: PlaceId): Section[] {
  return features
    .flatMap((feature) => feature.screens)
    .flatMap(({ section, path, permission }) =>
      section?.place === place ? [{ ...section, to: path, permission }] : [],
    )
    .sort((left, right) => left.order - right.order)
}

/** Whether some feature registered a screen at exactly this path; for links of the shell that must not be dead. */
export function hasScreen(path: string): boolean {
  return features.some((feature) => feature.screens.some((screen) => screen.path === path))
}
