import { createContext, useContext } from 'react'

/** How one person wants to see time and money. The zone is the user's own, else their workspace's. */
export type Preferences = { timeZone: string; currency: string }

export const defaultPreferences: Preferences = { timeZone: 'Asia/Jakarta', currency: 'IDR' }

export const PreferencesContext = createContext<Preferences>(defaultPreferences)

export function usePreferences(): Preferences {
  return useContext(PreferencesContext)
}
