import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, post, remove } from '../../client/link/api.ts'

describe('the way to the REST API', () => {
  let server: Server
  let base: string

  beforeAll(async () => {
    server = createServer((request, reply) => {
      const answers: Record<string, [number, string]> = {
        '/good': [200, '{"name":"议事厅"}'],
        '/nothing': [204, ''],
        '/refused': [409, '{"refusal":{"code":"cardUsed","detail":{"at":5}}}'],
        '/strange': [400, '{"refusal":{"code":"__proto__"}}'],
        '/proxy': [502, '<html>Bad Gateway</html>'],
        '/portal': [200, '<html>请登录无线网络</html>'],
      }
      const [status, body] = answers[request.url ?? ''] ?? [404, '{"refusal":{"code":"notFound"}}']
      reply.writeHead(status).end(body)
    })
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  const unreachable = { ok: false, refusal: { code: 'unreachable' } }

  it('gives the value of an answer, also of an empty one', async () => {
    expect(await get(`${base}/good`)).toEqual({ ok: true, value: { name: '议事厅' } })
    expect(await remove(`${base}/nothing`)).toEqual({ ok: true, value: undefined })
  })

  it('hands on the hall’s own refusals with their figures', async () => {
    expect(await post(`${base}/refused`, {})).toEqual({
      ok: false,
      refusal: { code: 'cardUsed', detail: { at: 5 } },
    })
  })

  it('never throws: what is not the hall’s answer means that the hall was not reached', async () => {
    expect(await get(`${base}/proxy`)).toEqual(unreachable)
    expect(await get(`${base}/portal`)).toEqual(unreachable)
    expect(await get(`${base}/strange`)).toEqual(unreachable)
    expect(await get('http://127.0.0.1:1/')).toEqual(unreachable)
  })
})
