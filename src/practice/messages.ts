// Every text of the practice LMS's own pages. It is another company's product: it shares no text with the tool.

const en = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  signInAs: 'Sign in as',
  whatToDo: 'Sign in as a student, open the activity, answer the questions and submit.',
  whatToSee: 'Then open Gradebook: the grade has come back by itself.',
  about:
    'This is a practice LMS: it behaves like Moodle 5.1, holds sample people only, and is there to try the tool without one.',
  teacher: 'Teacher',
  student: 'Student',
  myCourses: 'My courses',
  activities: 'Activities',
  gradebook: 'Gradebook',
  myGrades: 'My grades',
  faults: 'Faults',
  language: 'Language',
  externalTool: 'External tool',
  withoutGrade: 'No grade',
  outOf: 'Out of {{maximum}}',
  openInNewWindow: 'Open in a new window',
  yourGrade: 'Your grade',
  noGradeYet: 'No grade yet',
  reloadForGrade: 'Reload the page to see a new grade.',
  person: 'Name',
  edit: 'Edit',
  editGrade: 'Edit the grade',
  points: 'Points',
  pointsHint: 'From 0 to {{maximum}}; empty: no grade.',
  comment: 'Comment',
  overridden: 'Overridden by the teacher',
  overriddenHint: 'The tool’s scores are accepted and change nothing while this is on.',
  willOverride: 'A changed grade stands against the tool’s scores until you give it back.',
  locked: 'Locked',
  lockedHint: 'The tool’s scores are answered with an error.',
  save: 'Save',
  cancel: 'Cancel',
  gradedAt: 'Graded {{time}}',
  noStudents: 'No students here yet.',
  faultsIntro: 'Make this LMS fail on purpose and see what the tool does. A fault stays on until it is switched off.',
  faultsOn: 'At least one fault is on: grades may not arrive.',
  down: 'No connection',
  downOff: 'Off',
  downServices: 'Services cut every connection (token, grades, people)',
  downEverything: 'Everything does, except this page',
  status: 'Services answer with',
  statusOff: 'Their own answer',
  status500: '500 Internal Server Error',
  status401: '401 Unauthorized: tokens are issued and rejected',
  status429: '429 Too Many Requests',
  retryAfter: 'Retry-After with 429 (seconds)',
  slow: 'Services answer only after (milliseconds)',
  refused: 'Scores refused with 400',
  refusedNobody: 'Nobody’s',
  jwksDown: 'The key set (certs.php) answers 503',
  allOff: 'Switch all off',
  continue: 'Continue',
  continuing: 'One moment: going on to the tool.',
  notFoundTitle: 'Page not found',
  notFound: 'There is no such page, or it may be opened only once. Go back to the course and open the activity again.',
  toStart: 'To the start page',
};

const uz: Record<keyof typeof en, string> = {
  signIn: 'Kirish',
  signOut: 'Chiqish',
  signInAs: 'Kim boʻlib kirasiz?',
  whatToDo: 'Talaba boʻlib kiring, topshiriqni oching, savollarga javob bering va topshiring.',
  whatToSee: 'Soʻng Baholash jurnalini oching: baho oʻzi qaytib keladi.',
  about:
    'Bu mashq uchun LMS: oʻzini Moodle 5.1 kabi tutadi, unda faqat namunaviy odamlar bor, vositani Moodlesiz sinab koʻrishga xizmat qiladi.',
  teacher: 'Oʻqituvchi',
  student: 'Talaba',
  myCourses: 'Mening fanlarim',
  activities: 'Topshiriqlar',
  gradebook: 'Baholash jurnali',
  myGrades: 'Baholarim',
  faults: 'Nosozliklar',
  language: 'Til',
  externalTool: 'Tashqi vosita',
  withoutGrade: 'Bahosiz',
  outOf: 'Maks. ball: {{maximum}}',
  openInNewWindow: 'Yangi oynada ochish',
  yourGrade: 'Bahongiz',
  noGradeYet: 'Hali baho yoʻq',
  reloadForGrade: 'Yangi bahoni koʻrish uchun sahifani yangilang.',
  person: 'Ism',
  edit: 'Tahrirlash',
  editGrade: 'Bahoni tahrirlash',
  points: 'Ball',
  pointsHint: '0 dan {{maximum}} gacha; boʻsh: baho yoʻq.',
  comment: 'Izoh',
  overridden: 'Oʻqituvchi qoʻygan baho',
  overriddenHint: 'Yoqilgan boʻlsa, vosita yuborgan ballar qabul qilinadi, lekin hech narsani oʻzgartirmaydi.',
  willOverride: 'Siz oʻzgartirgan baho, uni vositaga qaytarib bermaguningizcha, oʻzgarmaydi.',
  locked: 'Qulflangan',
  lockedHint: 'Vosita yuborgan ballarga xato bilan javob beriladi.',
  save: 'Saqlash',
  cancel: 'Bekor qilish',
  gradedAt: 'Baholandi: {{time}}',
  noStudents: 'Bu yerda hali talaba yoʻq.',
  faultsIntro: 'Bu LMSni ataylab buzib, vosita nima qilishini koʻring. Nosozlik oʻchirilmaguncha yoqilganicha qoladi.',
  faultsOn: 'Kamida bitta nosozlik yoqilgan: baholar kelmasligi mumkin.',
  down: 'Aloqa yoʻq',
  downOff: 'Oʻchirilgan',
  downServices: 'Xizmatlar har bir ulanishni uzadi (token, baholar, odamlar)',
  downEverything: 'Shu sahifadan boshqa hamma narsa uzadi',
  status: 'Xizmatlar javobi',
  statusOff: 'Oʻz javobi',
  status500: '500 Internal Server Error',
  status401: '401 Unauthorized: token beriladi, lekin rad etiladi',
  status429: '429 Too Many Requests',
  retryAfter: '429 bilan Retry-After (soniya)',
  slow: 'Xizmatlar shuncha kutib javob beradi (millisoniya)',
  refused: '400 bilan rad etiladigan ballar',
  refusedNobody: 'Hech kimniki',
  jwksDown: 'Kalitlar toʻplami (certs.php) 503 qaytaradi',
  allOff: 'Hammasini oʻchirish',
  continue: 'Davom ettirish',
  continuing: 'Bir daqiqa: vositaga oʻtilmoqda.',
  notFoundTitle: 'Sahifa topilmadi',
  notFound: 'Bunday sahifa yoʻq yoki u faqat bir marta ochiladi. Fanga qaytib, topshiriqni qayta oching.',
  toStart: 'Bosh sahifaga',
};

export type Text = (key: keyof typeof en, params?: Record<string, string>) => string;

/** The languages that the pages have, by code, each with the name it has for itself. */
export const pageLanguages = [
  { code: 'en', name: 'English' },
  { code: 'uz', name: 'Oʻzbekcha' },
] as const;

/** The texts in a language; in English if the pages do not have it. */
export function texts(language: string): Text {
  const table = language === 'uz' ? uz : en;
  return (key, params = {}) => table[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '');
}

/** Points with at most two digits behind the point, or comma. */
export function formatPoints(points: number, language: string): string {
  const text = String(Math.round(points * 100) / 100);
  return language === 'uz' ? text.replace('.', ',') : text;
}

/** Day, month, year and time of unix seconds, in an IANA time zone. */
export function formatTime(unix: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('de-DE', { timeZone, dateStyle: 'medium', timeStyle: 'medium' });
  return format.format(new Date(unix * 1000)).replace(',', '');
}
