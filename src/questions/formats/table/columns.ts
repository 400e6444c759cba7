// What the columns of a table of questions are called, in the languages of those who keep them.

/** What stands in a column. `option`, `wrong` and `skip` may be there several times. */
export type ColumnRole =
  'type' | 'name' | 'question' | 'option' | 'right' | 'wrong' | 'points' | 'tags' | 'feedback' | 'skip';

const names: readonly { role: ColumnRole; names: readonly string[] }[] = [
  {
    role: 'type',
    names: ['type', 'question type', 'tur', 'turi', 'savol turi', 'тип', 'тип вопроса', 'түрү', 'суроонун түрү'],
  },
  { role: 'name', names: ['name', 'nomi', 'nom', 'название', 'имя', 'аты', 'аталышы'] },
  {
    role: 'question',
    names: [
      ...['question', 'questions', 'question text', 'text', 'savol', 'savollar', 'savol matni', 'test topshirigʼi'],
      ...['topshiriq', 'вопрос', 'вопросы', 'текст вопроса', 'задание', 'суроо', 'суроолор', 'тапшырма', 'савол'],
      ...['саволлар', 'тест топшириғи'],
    ],
  },
  {
    role: 'option',
    names: [
      ...['option', 'variant', 'choice', 'answer', 'javob', 'javob varianti', 'вариант', 'вариант ответа', 'ответ'],
      ...['жооп', 'жооп варианты', 'жавоб'],
    ],
  },
  {
    role: 'right',
    names: [
      ...['right', 'right answer', 'correct', 'correct answer', 'correct answers', 'key', 'answer key'],
      ...['toʼgʼri', 'toʼgʼri javob', 'toʼgʼri javobi', 'kalit', 'правильный', 'правильный ответ', 'верный ответ'],
      ...['ключ', 'туура', 'туура жооп', 'ачкыч', 'тўғри жавоб', 'калит'],
    ],
  },
  {
    role: 'wrong',
    names: [
      ...['wrong', 'wrong answer', 'incorrect', 'incorrect answer', 'distractor', 'muqobil javob', 'notoʼgʼri javob'],
      ...['неправильный ответ', 'неверный ответ', 'альтернативный ответ', 'туура эмес жооп', 'муқобил жавоб'],
      ...['нотўғри жавоб'],
    ],
  },
  {
    role: 'points',
    names: ['points', 'point', 'score', 'mark', 'ball', 'ballar', 'балл', 'баллы', 'баллов', 'упай', 'упайы'],
  },
  { role: 'tags', names: ['tags', 'tag', 'topic', 'teg', 'teglar', 'mavzu', 'тег', 'теги', 'тема', 'тегдер', 'мавзу'] },
  {
    role: 'feedback',
    names: [
      ...['feedback', 'general feedback', 'explanation', 'comment', 'izoh', 'tushuntirish'],
      ...['комментарий', 'пояснение', 'объяснение', 'отзыв', 'түшүндүрмө', 'изоҳ'],
    ],
  },
  {
    role: 'skip',
    names: ['№', 'no', 'no.', '#', 'n', 't/r', 'т/р', 'number', 'raqam', 'номер', 'п/п', '№ п/п', 'катар'],
  },
];

const roles = new Map(names.flatMap(({ role, names: all }) => all.map((name) => [name, role] as const)));

/** What a header cell says of its column; null if it is no name that we know. */
export function roleOf(header: string): ColumnRole | null {
  const folded = header
    .normalize('NFC')
    .replace(/<[^>]*>/g, ' ')
    .replace(/['`´ʹʻʼˈ‘’‛′＇]/g, 'ʼ')
    .replace(/[\s_]+/g, ' ')
    .replace(/[:*?]+$/, '')
    .trim()
    .toLowerCase();
  const whole = roles.get(folded);
  if (whole) return whole;
  // `A`, `Б)`; and `Option A`, `Variant 2`, `Javob 3`.
  if (/^\p{L}[.)]?$/u.test(folded)) return 'option';
  const numbered = /^(.*?)[ -]?(?:\p{L}|\d{1,3})[.)]?$/u.exec(folded)?.[1]?.trim();
  const role = numbered === undefined ? undefined : roles.get(numbered);
  return role === 'option' || role === 'wrong' ? role : null;
}
