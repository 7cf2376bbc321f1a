# Both base images can be replaced: --build-arg RUNTIME_IMAGE=registry/path:tag. The first needs Maven and a JDK of
# version 21 or newer, the second a Java runtime of version 24 or newer.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
# The libraries depend on pom.xml alone, so that a change of the sources reuses this layer.
COPY pom.xml ./
RUN mvn -B -q dependency:copy-dependencies@runtime-libraries
COPY src/build src/build
COPY crds crds
COPY src/main src/main
# Tests need servers that an image build does not have; `mvn verify` runs them.
RUN mvn -B -q -Dmaven.test.skip=true package \
 && mv target/collection-alias-operator-*.jar target/operator.jar

FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/operator.jar operator.jar
# By number, so that runAsNonRoot can be checked without reading the image's user table.
USER 65532:65532
EXPOSE 8080
# One small heap, collected by one thread, inside the container's memory limit; what is left of the limit is for threads,
# classes and network buffers. After an OutOfMemoryError nothing can be relied on: leave, and be restarted.
# The last two options allow what the Milvus SDK's network library does, so that no warnings begin each log.
# The operator waits far more than it computes: the quick compiler alone has it at full speed within seconds, where the
# other one would take most of a small CPU limit for minutes.
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
  "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-jar", "operator.jar"]
CMD ["run"]
