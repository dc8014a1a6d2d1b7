// Every refusal in words, zh-CN and English. `exact` stands where the refusal came with all the figures it names.
import { useCallback } from 'react'
import type { RefusalCode } from '../../shared/kernel/refusals.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import { refusalsOfPolls } from './refusalsOfPolls.ts'
import { type Language, useLanguage } from './words.ts'

interface Pair {
  readonly zh: string
  readonly en: string
}

export interface RefusalWords extends Pair {
  readonly exact?: Pair
}

export const refusalWords: Readonly<Record<RefusalCode, RefusalWords>> = {
  ...refusalsOfPolls,
  malformed: {
    zh: '内容填写有误，请检查后重试。',
    en: 'Something was filled in wrongly. Please check it and try again.',
  },
  tooLarge: {
    zh: '内容太大，无法提交。',
    en: 'This is too large to be sent.',
    exact: { zh: '内容太大，最多 {{max}}。', en: 'This is too large: at most {{max}}.' },
  },
  tooMany: {
    zh: '数量已达上限。',
    en: 'The limit has been reached.',
    exact: { zh: '数量已达上限（{{max}}）。', en: 'The limit of {{max}} has been reached.' },
  },
  tooFast: { zh: '操作太快，请稍候再试。', en: 'That was too fast. Please wait a moment and try again.' },
  unknownCommand: {
    zh: '系统不认识这项操作，请刷新页面后重试。',
    en: 'The hall does not know this action. Please reload the page and try again.',
  },
  commandIdReused: {
    zh: '这项操作的编号已用于另一项操作，请重新操作一次。',
    en: 'The number of this action was already used for another one. Please do it once more.',
  },
  notSignedIn: {
    zh: '您还没有进入会场，请先扫码或登录。',
    en: 'You have not entered yet. Please scan your card or sign in.',
  },
  notAllowed: { zh: '您的身份不能办理这项操作。', en: 'Your role may not do this.' },
  notFound: { zh: '没有找到所要的内容。', en: 'What you asked for was not found.' },
  wrongMeeting: { zh: '这项内容不属于本次会议。', en: 'This belongs to another meeting.' },
  sessionEnded: {
    zh: '您的登录已失效，请重新扫码或登录。',
    en: 'Your session has ended. Please scan your card again or sign in.',
  },
  busy: { zh: '会场正忙，请稍候再试。', en: 'The hall is busy. Please try again in a moment.' },
  storeUnavailable: {
    zh: '暂时无法保存，刚才的操作没有记入。请稍候再试。',
    en: 'Nothing can be saved right now, and this was not recorded. Please try again in a moment.',
  },
  unreachable: {
    zh: '连接不上会场，请检查网络。',
    en: 'The hall cannot be reached. Please check the network.',
  },
  outdated: {
    zh: '页面版本已旧，请刷新后继续。',
    en: 'This page is older than the hall. Please reload it to go on.',
  },
  hallExists: { zh: '议事厅已经建好，请直接登录。', en: 'The hall has already been set up. Please sign in.' },
  hallMissing: {
    zh: '议事厅还没有建立，请先打开首次使用的链接。',
    en: 'The hall has not been set up yet. Open the first-run link first.',
  },
  setupTokenWrong: {
    zh: '首次使用的链接不对或已失效，请使用服务器启动时显示的链接。',
    en: 'The first-run link is wrong or no longer valid. Use the one shown when the server starts.',
  },
  passwordWrong: { zh: '账号或密码不对。', en: 'The account or the password is wrong.' },
  passwordTooShort: {
    zh: '密码太短，至少 8 个字符。',
    en: 'The password is too short: use at least 8 characters.',
    exact: {
      zh: '密码太短，至少 {{min}} 个字符。',
      en: 'The password is too short: use at least {{min}} characters.',
    },
  },
  loginTaken: {
    zh: '这个账号名已有人使用，请换一个。',
    en: 'This account name is taken. Please choose another.',
  },
  tokenUnknown: {
    zh: '这张席位卡或链接无效，请向工作人员询问。',
    en: 'This card or link is not valid. Please ask the staff.',
  },
  cardUsed: {
    zh: '这张席位卡已在别的设备上使用。若是您本人，请到签到处更换。',
    en: 'This card is already in use on another device. If it is yours, ask for a new one at the desk.',
  },
  cardWithdrawn: {
    zh: '这张席位卡已作废，请使用新发的席位卡。',
    en: 'This card has been withdrawn. Please use the newer one.',
  },
  roomCodeUnknown: {
    zh: '没有这个房间码，请照大屏上的房间码重新输入。',
    en: 'There is no such room code. Please type it again as the big screen shows it.',
  },
  waitingRoomFull: {
    zh: '等候的人已满，请稍候再试。',
    en: 'The waiting room is full. Please try again in a while.',
  },
  pairingCodeUnknown: {
    zh: '没有这个配对码，或已过期。请照大屏上现在显示的六位码输入。',
    en: 'There is no such pairing code, or it has expired. Type the six characters the screen shows now.',
  },
  screenUnpaired: { zh: '这块大屏已被取消配对。', en: 'This screen has been unpaired.' },
  rosterUnreadable: {
    zh: '这个文件读不出来。请使用 Excel 工作簿（.xlsx）或 CSV 文件。',
    en: 'This file cannot be read. Use an Excel workbook (.xlsx) or a CSV file.',
  },
  rosterTooLong: {
    zh: '名册太长，请分成几份导入。',
    en: 'The roster is too long. Please import it in parts.',
    exact: {
      zh: '名册太长，一次最多 {{max}} 行，请分成几份导入。',
      en: 'The roster is too long: at most {{max}} rows at a time. Please import it in parts.',
    },
  },
  rosterNothingToSave: {
    zh: '没有可以保存的行，请先改正文件中的问题。',
    en: 'There is no row to save. Please mend the file first.',
  },
  importUnknown: {
    zh: '这次导入已经结束或已过期，请重新选择文件。',
    en: 'This import is over or has expired. Please choose the file again.',
  },
  meetingNotOpen: { zh: '会议还没有开始，或正在休会。', en: 'The meeting has not begun, or is in recess.' },
  meetingAlreadyOpen: { zh: '会议已经开始。', en: 'The meeting has already begun.' },
  meetingEnded: { zh: '会议已经结束。', en: 'The meeting has ended.' },
  meetingUnknown: { zh: '没有这次会议。', en: 'There is no such meeting.' },
  seatUnknown: { zh: '会上没有这个席位。', en: 'The meeting has no such seat.' },
  seatNotPresent: { zh: '该席位尚未签到或已离席。', en: 'This seat has not checked in, or has left.' },
  seatAlreadyPresent: { zh: '该席位已经签到。', en: 'This seat has already checked in.' },
  seatExists: { zh: '会上已有这个席位。', en: 'The meeting already has this seat.' },
  partyUnknown: { zh: '会上没有这个界别。', en: 'The meeting has no such party.' },
  observerCannot: { zh: '列席人员不能办理这项操作。', en: 'Observers may not do this.' },
  itemUnknown: { zh: '议程里没有这一项。', en: 'The agenda has no such item.' },
  itemIsCurrent: {
    zh: '这一项正在进行，不能这样改动。',
    en: 'The meeting is on this item, so it cannot be changed that way.',
  },
  itemHasPolls: {
    zh: '这一项已有表决，不能删除。',
    en: 'A poll was held on this item, so it cannot be removed.',
  },
  agendaTooDeep: {
    zh: '议程的层级太多。',
    en: 'The agenda has too many levels.',
    exact: { zh: '议程最多 {{max}} 级。', en: 'The agenda has at most {{max}} levels.' },
  },
  handAlreadyRaised: {
    zh: '已经举手，请等候主持人点名。',
    en: 'The hand is already up. Please wait to be called.',
  },
  handUnknown: { zh: '没有人举手，或手已放下。', en: 'No such hand is up.' },
  floorTaken: { zh: '该席位正在发言。', en: 'This seat already has the floor.' },
  nobodySpeaking: { zh: '现在没有人发言。', en: 'Nobody is speaking now.' },
  quorumNotMet: {
    zh: '未达法定人数，不能表决。',
    en: 'There is no quorum, so no vote can be taken.',
    exact: {
      zh: '未达法定人数，不能表决：须到 {{need}}，实到 {{have}}，还差 {{short}}。',
      en: 'There is no quorum, so no vote can be taken: {{need}} needed, {{have}} present, {{short}} short.',
    },
  },
  pollAlreadyOpen: {
    zh: '已有一项表决正在进行，请先结束它。',
    en: 'A poll is already open. Close it first.',
  },
  pollUnknown: { zh: '没有这项表决。', en: 'There is no such poll.' },
  pollClosed: { zh: '表决已经结束，这一票不再计入。', en: 'The poll is closed; this ballot does not count.' },
  pollNotOpen: { zh: '这项表决不在进行中。', en: 'This poll is not open.' },
  pollStillOpen: { zh: '这项表决还没有结束。', en: 'This poll is still open.' },
  unitPresetOdd: {
    zh: '所选的单位规则不能用于分别同意，请重新选择。',
    en: 'A unit cannot concur by the rule chosen for it. Choose another.',
  },
  presetUnknown: {
    zh: '没有这种议事规则，或者它已停用、尚未生效。',
    en: 'There is no such rule, or it is retired or not yet in force.',
    exact: {
      zh: '没有这种议事规则，或者它已停用、尚未生效：{{code}}。',
      en: 'There is no such rule, or it is retired or not yet in force: {{code}}.',
    },
  },
  presetContradictory: {
    zh: '规则前后矛盾或低于法定要求，没有保存。',
    en: 'The rule contradicts itself or asks for less than the law, so it was not saved.',
    exact: {
      zh: '规则前后矛盾或低于法定要求，没有保存（{{field}}）。',
      en: 'The rule contradicts itself or asks for less than the law, so it was not saved ({{field}}).',
    },
  },
  presetStale: {
    zh: '这项规则刚刚被别人改过。请看过最新版本，再作修改。',
    en: 'Somebody changed this rule meanwhile. Look at its newest version, then change it again.',
  },
  presetRetired: {
    zh: '这项规则已经停用，不能再改。可以另存一份副本。',
    en: 'This rule is retired and cannot be changed. Make a copy of it instead.',
  },
  presetCodeTaken: {
    zh: '这个代号属于自带的规则，不能使用。',
    en: 'This code belongs to a rule that comes with the hall.',
    exact: {
      zh: '代号“{{code}}”属于自带的规则，不能使用。',
      en: 'The code “{{code}}” belongs to a rule that comes with the hall.',
    },
  },
  optionUnknown: { zh: '表决中没有这个选项。', en: 'The poll has no such option.' },
  noOptions: { zh: '请先列出可选的选项。', en: 'List the options first.' },
  tooManyChoices: {
    zh: '选的项数太多。',
    en: 'Too many options were chosen.',
    exact: { zh: '选的项数太多，最多选 {{max}} 项。', en: 'Too many options were chosen: at most {{max}}.' },
  },
  notAnElector: {
    zh: '该席位不在本次表决的名单内：表决开始时须已签到到会。',
    en: 'This seat has no vote in this poll: it had to be present when the poll opened.',
  },
  recused: {
    zh: '该席位已就这一项回避，不参加表决。',
    en: 'This seat is recused on this item and does not vote.',
  },
  alreadyRecused: { zh: '该席位已就这一项回避。', en: 'This seat is already recused on this item.' },
  ballotFixed: { zh: '这项表决投出后不能更改。', en: 'In this poll a ballot cannot be changed once cast.' },
  otherSource: {
    zh: '这个席位的票由另一种方式投出，为免重复，这里不再计入。',
    en: 'The ballot of this seat comes another way. So that it counts once only, it was not taken here.',
  },
  handsExceedSeats: {
    zh: '举手人数多于由工作人员代计的席位数。',
    en: 'More hands were counted than there are seats to be counted by hand.',
    exact: {
      zh: '举手人数 {{count}} 多于可以计数的席位数 {{max}}。',
      en: '{{count}} hands were counted, but only {{max}} seats are counted by hand.',
    },
  },
  secretByDevice: {
    zh: '无记名表决用纸票或举手计数，不在设备上投票。',
    en: 'A secret poll is held on paper or by counted hands; no device takes a ballot.',
  },
  draftUnknown: { zh: '没有这份文稿。', en: 'There is no such draft.' },
  draftReadOnly: { zh: '您可以阅读这份文稿，但不能修改。', en: 'You may read this draft but not change it.' },
  draftFull: {
    zh: '文稿已到上限，放不下这些内容。',
    en: 'The draft is at its bound and cannot take this.',
  },
  versionUnknown: { zh: '没有这个版本。', en: 'There is no such version.' },
  commentUnknown: {
    zh: '没有这条批注，可能已被移走。',
    en: 'There is no such comment; it may have been removed.',
  },
  pictureUnreadable: {
    zh: '这不是会场认得的图片。请用 JPEG、PNG 或 WebP 格式。',
    en: 'The hall cannot read this picture. Use JPEG, PNG or WebP.',
  },
  pictureUnknown: { zh: '没有这张图片。', en: 'There is no such picture.' },
  textMissing: {
    zh: '这一项还没有文稿，不能付诸表决。',
    en: 'This item has no text yet, so no vote can be taken on it.',
  },
  amendmentUnknown: { zh: '没有找到这份修正案。', en: 'This amendment was not found.' },
  amendmentSettled: {
    zh: '这份修正案已有结论，不能再改动。',
    en: 'This amendment has already been settled.',
  },
  amendmentPolled: {
    zh: '这份修正案正在表决或已经表决，内容不能再改动。',
    en: 'This amendment is being voted on, or was voted on, and stays as it is.',
  },
  amendmentNotPassed: {
    zh: '这份修正案的表决没有通过，不能按表决采纳。',
    en: 'The vote on this amendment was not carried, so it cannot be adopted by it.',
  },
  itemHasAmendments: {
    zh: '这一项已有修正案，不能撤下。',
    en: 'Amendments have been proposed to this item, so it cannot be removed.',
  },
}

const placeholder = /\{\{(\w+)\}\}/g

export const wordRefusal = ({ code, detail }: Refusal, language: Language): string => {
  const { exact, ...plain } = refusalWords[code] ?? refusalWords.malformed
  const names =
    exact === undefined ? [] : [...exact[language].matchAll(placeholder)].map(([, name]) => name ?? '')
  if (exact === undefined || !names.every((name) => detail?.[name] !== undefined)) return plain[language]
  return exact[language].replace(placeholder, (_, name: string) => String(detail?.[name] ?? ''))
}

export const useRefusal = (): ((refusal: Refusal) => string) => {
  const [language] = useLanguage()
  return useCallback((refusal) => wordRefusal(refusal, language), [language])
}
