// What docker-compose.yml, the Dockerfile, the Caddyfile and the dashboard promise, read by parsers, since a machine
// without a container engine can run none of it. Where there is one, it reads the compose files itself, too.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openTestHall } from '../live/hall.ts'

interface Service {
  readonly image?: string
  readonly build?: string
  readonly read_only?: boolean
  readonly restart?: string
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly profiles?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly volumes?: readonly string[]
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly deploy?: { readonly resources: { readonly limits: Readonly<Record<string, string>> } }
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>
}

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const composeOf = (file: string): Compose => parse(read(file), { merge: true })

const files = ['docker-compose.yml', 'deploy/one-node.yml'] as const
const compose = composeOf('docker-compose.yml')
const { services } = compose
const dockerfile = read('Dockerfile')
const own = Object.entries(services).filter(([, { build }]) => build !== undefined)

describe('docker-compose.yml', () => {
  test('starts a proxy, two nodes or more, PostgreSQL and Redis, and keeps the rest in profiles', () => {
    const always = Object.entries(services).filter(([, { profiles }]) => profiles === undefined)
    expect(always.map(([name]) => name)).toEqual(['proxy', 'hall-1', 'hall-2', 'postgres', 'redis'])
    const optional = Object.values(services).flatMap(({ profiles = [] }) => profiles)
    expect([...new Set(optional)].sort()).toEqual(['backup', 'monitoring'])
  })

  test.each(Object.entries(services))('%s is pinned, bounded, and gains no rights', (_, service) => {
    expect(service.image).toMatch(/^[a-z/]+:(local|v?\d+\.\d+\.\d+(-\w+)?|\d+\.\d+-\w+)$/)
    expect(Object.keys(service.deploy?.resources.limits ?? {}).sort()).toEqual(['cpus', 'memory'])
    expect(service.security_opt).toContain('no-new-privileges:true')
  })

  test('every service that others wait for says whether it is well', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy')
        const service = services[name]
        // The hall's own check is in its image.
        expect(service?.build !== undefined || service?.healthcheck !== undefined, name).toBe(true)
      }
    }
    expect(dockerfile).toMatch(/HEALTHCHECK[^\n]*\/readyz/)
  })

  test('the hall’s container is read-only and drops every capability', () => {
    expect(own.map(([name]) => name)).toEqual(['hall-1', 'hall-2', 'backup'])
    for (const [, service] of own) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    }
  })

  test('no password stands in it: secrets come from files that are not kept with the code', () => {
    for (const { environment = {} } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|TOKEN/.test(name))
          expect([name, value]).toEqual([
            expect.stringMatching(/_FILE$/),
            expect.stringMatching(/^\/run\/secrets\//),
          ])
        if (URL.canParse(value)) expect(new URL(value).password).toBe('')
      }
    }
    for (const { secrets = [] } of Object.values(services)) {
      for (const name of secrets) expect(compose.secrets?.[name]?.file).toMatch(/^\.\/deploy\/secrets\//)
    }
    expect(read('deploy/secrets/.gitignore')).toContain('*')
  })

  test('what must last lies in named volumes', () => {
    expect(services.postgres?.volumes).toContain('postgres-data:/var/lib/postgresql/data')
    for (const { volumes = [] } of Object.values(services)) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':')
        if (!from.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(from)
        else if (!from.startsWith('./backups'))
          expect(existsSync(new URL(`../../${from}`, import.meta.url)), from).toBe(true)
      }
    }
  })
})

test('what the containers run is among what the build makes', () => {
  const built = parse(read('docker-compose.yml'), { merge: true }).services.backup.command
  const named = [read('Dockerfile'), read('docker-compose.yml'), built.join(' ')].flatMap((text) => [
    ...text.matchAll(/dist\/server\/(\w+)\.js/g),
  ])
  expect(new Set(named.map(([, name]) => name))).toEqual(new Set(['main', 'backup', 'restore']))
  for (const [, name] of named) expect(read('vite.config.ts')).toMatch(new RegExp(`^  ${name}: at\\(`, 'm'))
})

test('one hall on one computer does not start without the address that goes into its cards', () => {
  expect(composeOf('deploy/one-node.yml').services.hall?.environment?.PUBLIC_URL).toMatch(
    /^\$\{PUBLIC_URL:\?[^}]+\}$/,
  )
})

test('the image is built in one stage and run by an unprivileged user in the next', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1)
  expect(stages).toHaveLength(2)
  const [build, run] = stages
  expect(build).toContain('npm ci')
  expect(run).not.toContain('npm ci')
  expect(run).toMatch(/^USER node$/m)
  expect(run).toMatch(/^CMD \["node", "dist\/server\/main\.js"\]$/m)
})

test('the image says that it is well once the hall answers at its port, and not before', async () => {
  const [, json = '[]'] = /^HEALTHCHECK .*--start-period=\d+m CMD (\[.*\])$/m.exec(dockerfile) ?? []
  const [, ...args]: string[] = JSON.parse(json)
  const checked = (port: string): Promise<number | null> =>
    new Promise((resolve) => {
      const env = { ...process.env, PORT: port, TLS_CERT: '' }
      spawn(process.execPath, args, { env, stdio: 'inherit' }).on('close', resolve)
    })
  const house = await openTestHall()
  const { port } = new URL(house.url)
  try {
    expect(await checked(port)).toBe(0)
  } finally {
    await house.close()
  }
  expect(await checked(port)).toBe(1)
})

test('neither secrets nor backups are sent along when the image is built', () => {
  const left = read('.dockerignore').trim().split('\n')
  for (const part of ['deploy', 'backups', 'data', '.git']) expect(left).toContain(part)
})

test('whoever waits for PostgreSQL waits until it answers at its address', () => {
  expect(services.postgres?.healthcheck).toMatchObject({
    test: expect.arrayContaining([expect.stringContaining('-h 127.0.0.1')]),
  })
})

test('the proxy sends clients to every node that is ready, and to no particular one', () => {
  const caddyfile = read('deploy/Caddyfile')
  const nodes = Object.keys(services).filter((name) => name.startsWith('hall-'))
  const proxies = [...caddyfile.matchAll(/reverse_proxy (@polling )?([^{]+)\{\s*lb_policy (.+)/g)]
  // Long polling is many requests to one connection: nothing else is tied to a node.
  expect(proxies.map(([, polling, , policy]) => [polling?.trim(), policy])).toEqual([
    ['@polling', 'header Cookie'],
    [undefined, 'round_robin'],
  ])
  for (const [, , upstreams = ''] of proxies)
    expect(upstreams.trim().split(' ')).toEqual(nodes.map((name) => `${name}:3000`))
  expect(caddyfile).toContain('@polling query transport=polling')
  expect(caddyfile).toContain('health_uri /readyz')
  expect(caddyfile).toContain('respond /metrics 404')
  expect(caddyfile.match(/\{/g)?.length).toBe(caddyfile.match(/\}/g)?.length)
  const scraped = parse(read('deploy/prometheus.yml')).scrape_configs[0].static_configs[0].targets
  expect(scraped).toEqual(nodes.map((name) => `${name}:3000`))
})

test('the dashboard asks for figures that the hall really tells', async () => {
  const dashboard = JSON.parse(read('deploy/grafana/dashboards/hall.json'))
  const asked: string[] = dashboard.panels.flatMap((panel: { targets: { expr: string }[] }) =>
    panel.targets.flatMap(({ expr }) => expr.match(/yishiting_\w+/g) ?? []),
  )
  expect(asked.length).toBeGreaterThan(5)
  const house = await openTestHall()
  try {
    const told = await (await fetch(`${house.url}/metrics`)).text()
    const names = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
    for (const name of asked) expect(names, name).toContain(name.replace(/_bucket$/, ''))
  } finally {
    await house.close()
  }
})

const engine = spawnSync('docker', ['compose', 'version']).status === 0

// Nothing is skipped without one: what it would say, the tests above ask of the parsers.
if (engine) {
  test.each(files)('the container engine understands %s', (file) => {
    execFileSync('docker', ['compose', '-f', file, 'config', '--quiet'], {
      env: { ...process.env, PUBLIC_URL: 'http://192.168.1.10:3000' },
      cwd: new URL('../..', import.meta.url),
    })
  })
}
