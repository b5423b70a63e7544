import type { ApiProblem } from '#app/problem.ts'
import { problemText, toastProblem } from '#app/problem-toast.ts'
import { showIssues } from '#ui/form.tsx'
import type { ContactForm } from './contact-fields.ts'

/** Puts a refusal beside the field it is about; whatever has no place becomes a toast. */
export function showContactProblem(form: ContactForm, problem: ApiProblem, phoneTaken: string): void {
  if (showIssues(form, problem.issues)) return
  if (problem.code === 'invalid_phone' || problem.code === 'already_exists') {
    form.setError('phone', {
      type: 'server',
      message: problem.code === 'already_exists' ? phoneTaken : problemText(problem),
    })
    form.setFocus('phone')
    return
  }
  toastProblem(problem)
}
