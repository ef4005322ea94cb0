# frozen_string_literal: true

# Applies the expression of the jekyll-relative-links on the load path to texts. Reads a JSON list of texts from
# standard input and prints, for each, a list of [start, end, path, fragment, title] in characters.
require "json"

$LOAD_PATH.unshift(*ENV.fetch("PAGES_LIBRARIES", "").split(":"))
require "jekyll"
require "jekyll-relative-links"

def matches(text)
  found = []
  text.gsub(JekyllRelativeLinks::Generator::LINK_REGEX) do |whole|
    match = Regexp.last_match
    inline = !match[2].nil?
    # 0.7.0 has a group for the title after each fragment.
    groups = match.size - 1
    per_form = (groups - 1) / 2
    first = inline ? 2 : 2 + per_form
    path, fragment, title = match[first + 1], match[first + 2], per_form == 4 ? match[first + 3] : nil
    found << [match.begin(0), match.end(0), path, fragment.to_s, title.to_s]
    whole
  end
  found
end

puts JSON.generate(JSON.parse($stdin.read).map { |text| matches(text) })
