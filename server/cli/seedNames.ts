// Made-up people for the demonstration hall. None of them exists.

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石',
]
const givenNames =
  '建国 秀英 志强 桂兰 永康 春梅 海涛 丽华 文斌 雪芳 国平 玉珍 伟民 小燕 明远 金凤 茶生 竹青 山林 雨禾 德福 惠琴 阿根 月娥 家和 思源 径云 双溪 晓峰 若水'.split(
    ' ',
  )
const firms = '双溪茶业 径云竹制品 四岭民宿 大径山旅游 前溪农机 绿野生态 长乐建材 漕桥电商'.split(' ')

export interface MadeUpPerson {
  readonly name: string
  readonly partyId: string
  readonly bodyRole: string
  readonly household: string
}

/**
 * `n` people, about a quarter for the village, a quarter for enterprises and half residents; the same every time.
 * @param homeSize how many residents live in one household
 */
export const madeUpPeople = (n: number, homeSize: 1 | 2): MadeUpPerson[] =>
  Array.from({ length: n }, (_, i) => {
    const surname = surnames[(i * 17) % surnames.length] ?? ''
    const given = givenNames[(i * 7 + Math.floor(i / surnames.length)) % givenNames.length] ?? ''
    const name = `${surname}${given}`
    const place = i % 4
    if (place === 0)
      return { name, partyId: 'pt_village', bodyRole: i === 0 ? '村党总支书记' : '村民代表', household: '' }
    if (place === 1)
      return { name, partyId: 'pt_enterprise', bodyRole: firms[i % firms.length] ?? '', household: '' }
    return { name, partyId: 'pt_resident', bodyRole: '居民', household: `${Math.floor(i / homeSize) + 1}号` }
  })

export const seedParties = [
  { partyId: 'pt_village', name: { zh: '村集体', en: 'Village' } },
  { partyId: 'pt_enterprise', name: { zh: '企业', en: 'Enterprises' } },
  { partyId: 'pt_resident', name: { zh: '居民', en: 'Residents' } },
] as const

export const seedAgenda = [
  {
    title: '村口停车场收费与管理',
    minutes: 25,
    text: [
      '一、村口停车场共设车位六十个，其中本村村民专用二十个。',
      '二、外来车辆首小时免费，此后每小时五元，每日封顶三十元。',
      '三、收入纳入村集体账户，每季度张榜公布，优先用于道路养护。',
    ],
    children: [
      { title: '村民专用车位的分配', minutes: 10 },
      { title: '节假日临时疏导', minutes: 5 },
    ],
  },
  {
    title: '茶园采摘季的务工与垃圾清运',
    minutes: 20,
    text: [
      '一、采摘季（三月二十日至四月三十日）由企业统一招募务工人员，优先录用本村居民。',
      '二、茶园垃圾由用工企业日产日清，村里设三处集中投放点。',
    ],
    children: [],
  },
  {
    title: '双溪步道夜间照明',
    minutes: 15,
    text: ['沿双溪步道增设太阳能路灯四十盏，预算八万元，村企各半。'],
    children: [],
  },
] as const
