import fc from 'fast-check'

/** Continuous integration tries the same cases every time; on a developer's machine each run tries others. */
fc.configureGlobal({ seed: 20_261_121 })
