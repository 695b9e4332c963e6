package io.landfall.producer.rest.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LinkHeaderTest {

  @Test
  void whatApisWriteIsRead() {
    assertThat(
            LinkHeader.links(
                "<https://api.github.com/repositories/23096959/issues?page=2>; rel=\"next\", "
                    + "<https://api.github.com/x?a=1,2;b>; rel=\"last\""))
        .containsExactly(
            new LinkHeader.Link(
                "https://api.github.com/repositories/23096959/issues?page=2", List.of("next")),
            new LinkHeader.Link("https://api.github.com/x?a=1,2;b", List.of("last")));
    assertThat(LinkHeader.links("<?p=2>;REL=Next;title=\"a, <b>; \\\"rel=prev\\\"\""))
        .containsExactly(new LinkHeader.Link("?p=2", List.of("next")));
    assertThat(LinkHeader.links(" , ,<a> ; rel = \"prev  next\" ;rel=last,"))
        .containsExactly(new LinkHeader.Link("a", List.of("prev", "next")));
    assertThat(LinkHeader.links("<a>")).containsExactly(new LinkHeader.Link("a", List.of()));
  }

  @Test
  void aLinkOfSomethingElseIsNone() {
    assertThat(LinkHeader.links("<a>; rel=next; anchor=\"#x\"")).isEmpty();
  }

  @Provide
  Arbitrary<LinkHeader.Link> links() {
    return Combinators.combine(
            Arbitraries.strings().withChars("ab/?&=;,%\"' ").ofMinLength(1).map(String::strip),
            Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .map(s -> s.toLowerCase(Locale.ROOT))
                .list()
                .ofMaxSize(3))
        .as(LinkHeader.Link::new);
  }

  @Provide
  Arbitrary<List<LinkHeader.Link>> headers() {
    return links().list().ofMaxSize(4);
  }

  @Property(tries = 200)
  void whatIsWrittenByTheStandardIsRead(
      @ForAll("headers") List<LinkHeader.Link> links, @ForAll String title) {
    String quoted = title.replace("\\", "\\\\").replace("\"", "\\\"");
    String header =
        links.stream()
            .map(
                link ->
                    "<%s>; title=\"%s\"; rel=\"%s\""
                        .formatted(link.target(), quoted, String.join(" ", link.relations())))
            .collect(Collectors.joining(", "));
    assertThat(LinkHeader.links(header)).isEqualTo(links);
  }

  @Property(tries = 200)
  void anyHeaderIsReadToAnEnd(@ForAll String header) {
    assertThat(LinkHeader.links("<a>; " + header)).isNotNull();
    assertThat(LinkHeader.links(header)).isNotNull();
  }
}
