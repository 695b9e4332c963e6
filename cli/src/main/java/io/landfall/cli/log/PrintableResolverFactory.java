package io.landfall.cli.log;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverContext;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverFactory;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolver;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverConfig;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverFactory;

/** Makes {@link PrintableResolver}s; Log4j finds it by its list of plugins. */
@Plugin(name = "PrintableResolverFactory", category = TemplateResolverFactory.CATEGORY)
public final class PrintableResolverFactory implements EventResolverFactory {

  private static final PrintableResolverFactory INSTANCE = new PrintableResolverFactory();

  private PrintableResolverFactory() {}

  @PluginFactory
  public static PrintableResolverFactory getInstance() {
    return INSTANCE;
  }

  @Override
  public String getName() {
    return "printable";
  }

  @Override
  public TemplateResolver<LogEvent> create(
      EventResolverContext context, TemplateResolverConfig config) {
    return new PrintableResolver(PrintableResolver.Field.of(config.getString("field")));
  }
}
