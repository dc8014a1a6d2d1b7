import { defineConfig } from 'vitest/config'
import { patienceMs, waiting } from './test/patience.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: patienceMs * 4,
    hookTimeout: patienceMs * 4,
    expect: { poll: waiting },
    pool: 'forks',
    maxWorkers: 2,
  },
})
