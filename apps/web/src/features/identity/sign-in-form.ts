import { z } from 'zod'

/** An e-mail address as people type it: spaces around it and capitals do not matter. */
export const emailField = z.string().trim().toLowerCase().min(1).max(254).pipe(z.email())

/** A password being chosen; the bounds are the server's. */
export const newPasswordField = z.string().min(10).max(200)

export const nameField = z.string().trim().min(1).max(120)

/** Signing in asks only that something is there; old passwords may be of any length. */
export const SignInForm = z.object({ email: emailField, password: z.string().min(1).max(200) })
