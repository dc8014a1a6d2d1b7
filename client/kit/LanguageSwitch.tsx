// 中文 / English, each in its own words.
import { useLanguage } from '../words/words.ts'
import { Button } from './Button.tsx'

export const LanguageSwitch = () => {
  const [language, setLanguage] = useLanguage()
  return language === 'zh' ? (
    <Button kind="quiet" label="Switch to English" onPress={() => setLanguage('en')}>
      <span lang="en">English</span>
    </Button>
  ) : (
    <Button kind="quiet" label="切换为中文" onPress={() => setLanguage('zh')}>
      <span lang="zh-CN">中文</span>
    </Button>
  )
}
