// Several questions in one motion are found; one question in many words is left alone.
import { describe, expect, test } from 'vitest'
import { bundledIn } from '../../shared/meeting/bundled.ts'

const kindOf = (question: string, options: readonly string[] = []) =>
  bundledIn(question, options)
    .map(({ kind }) => kind)
    .join()

describe('a motion that holds several questions', () => {
  test.each([
    ['是否同意收取停车费？收费标准是否为每小时五元？', 'questions'],
    ['是否同意收取停车费，是否同意由合作社管理', 'questions'],
    ['1. 拓宽村道 2. 增设路灯', 'numbered'],
    ['同意以下事项：一、出租老校舍；二、聘请保安', 'numbered'],
    ['一是修订村规民约，二是推选监督员', 'numbered'],
    ['是否同意①拆除旧舞台②新建凉亭', 'numbered'],
    ['是否同意茶园道路拓宽至六米并配建四十个车位', 'joined'],
    ['是否同意出租老校舍，同时聘请两名保安', 'joined'],
    ['批准今年预算并授权村委会签订施工合同', 'joined'],
    ['是否同意提高卫生费以及取消积分兑换', 'joined'],
    ['修建公厕；出售旧拖拉机', 'joined'],
    ['Shall we widen the road and build a car park?', 'joined'],
    ['Approve the budget as well as dismiss the caretaker', 'joined'],
    ['Shall the fee be charged? Shall it be five yuan?', 'questions'],
    ['Agree to 1) repair the bridge 2) sell the old tractor', 'numbered'],
  ])('%s', (question, kind) => {
    expect(kindOf(question)).toBe(kind)
  })

  test('shows the parts it found', () => {
    expect(bundledIn('Shall we widen the road and build a car park?')[0]?.parts).toEqual([
      'Shall we widen the road',
      'build a car park',
    ])
    expect(bundledIn('是否同意收取停车费？标准是否为五元？')[0]?.parts).toEqual([
      '是否同意收取停车费',
      '标准是否为五元',
    ])
  })

  test('may be an option too', () => {
    expect(kindOf('选哪个方案？', ['1. 修路 2. 架桥', '都不做'])).toBe('numbered')
  })
})

describe('one question is left alone', () => {
  test.each([
    '是否同意停车收费方案？',
    '是否同意道路拓宽和停车场建设方案？',
    '是否审议并批准今年预算？',
    '是否修订并公布村规民约？',
    '是否将一组与二组合并建设一个仓库？',
    '是否同意一并收取水费？',
    '同时段停车是否收取费用？',
    '每小时 1.5 元、每天 12.5 元的停车费是否收取？',
    '第一村民小组的承包地是否调整？',
    '是否聘请张三和李四为护林员？',
    '由甲还是乙承建？',
    '通过会议纪要',
    'Shall we approve and publish the accounts?',
    'Shall we repair the road and the bridge?',
    'Which site do you prefer, the mill or the school?',
    'Charge 1.5 yuan for 2. hour parking',
    '',
  ])('%s', (question) => {
    expect(bundledIn(question)).toEqual([])
  })

  test('options are packages to choose between', () => {
    expect(kindOf('选哪个方案？', ['拓宽村道并增设路灯', '维持现状'])).toBe('')
  })
})
